use client::{Client, Error};

pub fn client() -> Result<Client, Error> {
    Client::builder().bearer_token("secret").build()
}

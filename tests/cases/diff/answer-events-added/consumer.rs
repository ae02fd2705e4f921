use client::client::WatchPetsEvent;

pub async fn watch(client: &client::Client) -> Result<Vec<String>, client::Error> {
    let mut stream = client.watch_pets().send().await?;
    let mut all = Vec::new();
    while let Some(event) = stream.try_next().await? {
        match event.data {
            WatchPetsEvent::Fed(names) => all.extend(names),
            _ => {}
        }
    }
    Ok(all)
}

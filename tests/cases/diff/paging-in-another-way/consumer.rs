use client::Request;

pub fn walks(request: Request) {
    drop(request.pages_by_number("page", 1, |_| unreachable!()));
}

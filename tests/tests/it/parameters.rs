//! Parameters, credentials and servers on the wire: the bytes of the request line and of the headers, over loopback.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use clientwright_tests::server::{self, Recorded, Server};
use parameters_client::types::{Color, ColorRequired, Filter, GetQueryFlag, Shade};
use parameters_client::{Body, BoxFuture, Client, ClientBuilder, Error, ErrorKind, Transport, TransportError};
use serde_json::json;

/// A transport that answers everything with 204, and keeps the URLs.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Recorder {
    fn urls(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Transport for Recorder {
    fn call(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.lock().unwrap().push(request.uri().to_string());
        let mut answer = http::Response::new(Body::from(Bytes::new()));
        *answer.status_mut() = http::StatusCode::NO_CONTENT;
        Box::pin(async { Ok(answer) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// What `call` puts on the wire.
async fn sent(
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
    call: impl AsyncFnOnce(Client) -> Result<(), Error>,
) -> Recorded {
    let server = Server::start(|_, _| server::json(204, "")).await;
    call(set(Client::builder().base_url(server.url())).build().unwrap()).await.unwrap();
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

async fn query(call: impl AsyncFnOnce(Client) -> Result<(), Error>) -> String {
    sent(|builder| builder, call).await.query.unwrap_or_default()
}

fn blue() -> Color {
    Color::new(ColorRequired { r: 100, g: 200 })
}

#[tokio::test]
async fn paths_have_every_style() {
    let (simple, named) = (blue(), blue().name("a b/c"));
    let request = sent(
        |builder| builder,
        async |client| {
            let styles = client.styles();
            styles.get_path(&simple, &named, &["blue", "b,w"], &[1, 2], "m;x", &simple, &named).send().await
        },
    )
    .await;
    let json = "%7B%22G%22:200,%22R%22:100,%22name%22:%22a%20b%2Fc%22%7D";
    assert_eq!(
        request.path,
        format!("/paths/G,200,R,100/G=200,R=100,name=a%20b%2Fc/.blue,b%2Cw/.1.2/;matrix=m%3Bx/;G=200;R=100/{json}")
    );
}

#[tokio::test]
async fn defaults_of_what_is_required_are_sent_until_they_are_set() {
    let request = sent(|builder| builder, async |client| client.styles().get_defaults().send().await).await;
    let query = "exact=false&json=%22a%22&limit=20&most=20000000000&shade=dark&share=1";
    assert_eq!(request.query.as_deref(), Some(query));
    assert_eq!((request.header("x-level"), request.header("x-mark")), ("2", "<em>"));
    let set = async |client: Client| {
        let call = client.styles().get_defaults().limit(5).shade(Shade::Light).json("b").exact(true).share(0.5);
        call.most(1).x_mark("b").send().await
    };
    let request = sent(|builder| builder, set).await;
    let mut pairs: Vec<&str> = request.query.as_deref().unwrap_or_default().split('&').collect();
    pairs.sort_unstable();
    assert_eq!(pairs, ["exact=true", "json=%22b%22", "limit=5", "most=1", "shade=light", "share=0.5"]);
    assert_eq!(request.header("x-mark"), "b");
}

#[tokio::test]
async fn queries_have_every_style() {
    let color = blue().name("a&b");
    assert_eq!(query(async |c| c.styles().get_query().form(&color).send().await).await, "G=200&R=100&name=a%26b");
    assert_eq!(
        query(async |c| c.styles().get_query().form_joined(&color).send().await).await,
        "form_joined=G,200,R,100,name,a%26b"
    );
    assert_eq!(
        query(async |c| c.styles().get_query().spaces(&["a", "b c"]).pipes(&["d", "e|f"]).send().await).await,
        "spaces=a%20b%20c&pipes=d%7Ce%7Cf"
    );
    let filter = Filter::new().shade(Shade::Dark).ids(vec![1, 2]).color(blue()).colors(vec![blue(), color.clone()]);
    assert_eq!(
        percent_decoded(&query(async |c| c.styles().get_query().deep(&filter).send().await).await),
        "deep[color][G]=200&deep[color][R]=100&deep[colors][0][G]=200&deep[colors][0][R]=100&deep[colors][1][G]=200\
         &deep[colors][1][R]=100&deep[colors][1][name]=a&b&deep[ids][]=1&deep[ids][]=2&deep[shade]=dark"
    );
    let labels = BTreeMap::from([("a b".to_owned(), "=".to_owned()), ("c".to_owned(), String::new())]);
    assert_eq!(query(async |c| c.styles().get_query().labels(&labels).send().await).await, "a%20b=%3D&c=");
    assert_eq!(
        query(async |c| c.styles().get_query().list(&[Shade::Light, Shade::from("grey")]).send().await).await,
        "list%5B%5D=light&list%5B%5D=grey"
    );
    assert_eq!(
        query(async |c| c.styles().get_query().objects(&[blue()]).send().await).await,
        "objects=%7B%22G%22%3A200%2C%22R%22%3A100%7D"
    );
    let value = json!({"a": [1, null]});
    assert_eq!(
        query(async |c| c.styles().get_query().json(&value).send().await).await,
        "json=%7B%22a%22%3A%5B1%2Cnull%5D%7D"
    );
    assert_eq!(
        query(async |c| c.styles().get_query().next("/a?b=c&d#e").empty("").send().await).await,
        "next=/a?b=c%26d%23e&empty="
    );
    assert_eq!(
        query(async |c| {
            c.styles().get_query().anything("x").id(&[1, 2]).flag(&GetQueryFlag::Boolean(true)).send().await
        })
        .await,
        "anything=x&id=1&id=2&flag=true"
    );
    assert_eq!(query(async |c| c.styles().get_query().spaces(&[]).deep(&Filter::new()).send().await).await, "");
}

fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

#[tokio::test]
async fn headers_have_every_style() {
    let request = sent(
        |builder| builder,
        async |client| {
            let request = client.styles().get_headers().x_list(&["a", "b c"]).x_color(&blue());
            request.x_exploded(&blue()).x_json(&blue()).send().await
        },
    )
    .await;
    assert_eq!(request.header("x-list"), "a,b c");
    assert_eq!(request.header("x-color"), "G,200,R,100");
    assert_eq!(request.header("x-exploded"), "G=200,R=100");
    assert_eq!(request.header("x-json"), r#"{"G":200,"R":100}"#);
}

#[tokio::test]
async fn cookies_are_one_header_with_the_credential() {
    let request = sent(
        |builder| builder.session("s3cr3t"),
        async |client| {
            let client = client.with_options(|options| options.header("cookie", "mine=1"));
            let request = client.styles().get_cookies().theme("dark; admin=1").joined(&["a", "b"]).sizes(&[1, 2]);
            request.send().await
        },
    )
    .await;
    let cookies: Vec<_> = request.headers.get_all("cookie").iter().collect();
    assert_eq!(cookies, ["mine=1; theme=dark%3B%20admin=1; joined=a,b; sizes=1; sizes=2; sid=s3cr3t"]);
}

#[tokio::test]
async fn a_query_in_the_path_is_sent_and_its_fragment_is_not() {
    let request = sent(|builder| builder, async |client| client.styles().list_actions("i?d", 3).send().await).await;
    assert_eq!((&*request.path, request.query.as_deref()), ("/actions/i%3Fd", Some("action=list&flat=&of=3")));
}

#[tokio::test]
async fn required_parameters_may_have_parts() {
    let labels = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
    let request = sent(
        |builder| builder,
        async |client| {
            client.styles().get_required(&blue(), &Filter::new().ids(vec![1]), &json!(null), &labels).send().await
        },
    )
    .await;
    assert_eq!(request.query.as_deref(), Some("deep%5Bids%5D%5B%5D=1&json=null&a=b"));
    assert_eq!(request.header("x-color"), "G,200,R,100");
}

#[tokio::test]
async fn the_first_requirement_that_can_be_met_is() {
    let get = async |client: Client| client.secured().get_or().send().await;
    let request = sent(|builder| builder.token("t").mail("m"), get).await;
    assert_eq!((request.header("authorization"), request.query.as_deref()), ("Bearer t", None));
    let request = sent(|builder| builder.key("k").basic("u", "p"), get).await;
    assert_eq!((request.header("authorization"), request.header("x-key")), ("Basic dTpw", "k"));
    // Half of a requirement is none.
    let request = sent(|builder| builder.key("k").mail("a b"), get).await;
    assert_eq!((request.query.as_deref(), request.headers.get("x-key")), (Some("mail=a%20b"), None));
    let request = sent(|builder| builder.flow("f"), async |c| c.secured().get_with_flow().send().await).await;
    assert_eq!(request.header("authorization"), "Bearer f");
    let none = Client::builder().build().unwrap().secured().get_or().send().await.unwrap_err();
    assert_eq!((none.kind(), none.attempts()), (ErrorKind::Configuration, 0));
    assert!(none.to_string().ends_with("needed: token, or key and user, or mail"), "{none}");
}

#[tokio::test]
async fn schemes_that_are_optional_own_silent_or_unknown() {
    let optional = async |client: Client| client.secured().get_optional().send().await;
    assert!(!sent(|builder| builder, optional).await.headers.contains_key("authorization"));
    let request = sent(|builder| builder.own("Signature keyId=\"a\""), optional).await;
    assert_eq!(request.header("authorization"), "Signature keyId=\"a\"");
    let certificate = async |client: Client| client.secured().get_with_certificate().send().await;
    assert_eq!(sent(|builder| builder.mail("m"), certificate).await.query.as_deref(), Some("mail=m"));
    let unknown = async |client: Client| {
        let client = client.with_options(|options| options.header("authorization", "Digest mine"));
        client.secured().get_unknown().send().await
    };
    assert_eq!(sent(|builder| builder.token("t"), unknown).await.header("authorization"), "Digest mine");
}

#[tokio::test]
async fn a_base_url_takes_all_operations_unless_told_otherwise() {
    let request = sent(|builder| builder.token("t"), async |c| c.elsewhere().get_files().send().await).await;
    assert_eq!((&*request.path, request.header("authorization")), ("/files", "Bearer t"));
    let request = sent(|builder| builder.token("t"), async |c| c.elsewhere().put_files().send().await).await;
    assert_eq!(request.path, "/v9/files");
    let request = sent(|builder| builder.token("t"), async |c| c.elsewhere().delete_files().send().await).await;
    assert_eq!(request.path, "/files");
}

#[tokio::test]
async fn operations_are_sent_to_their_own_servers() {
    let urls = async |set: fn(ClientBuilder) -> ClientBuilder| {
        let transport = Recorder::default();
        let client = set(Client::builder().token("t").transport(transport.clone())).build().unwrap();
        let elsewhere = client.elsewhere();
        elsewhere.get_files().send().await.unwrap();
        elsewhere.put_files().send().await.unwrap();
        elsewhere.delete_files().send().await.unwrap();
        transport.urls()
    };
    let (files, rest) = ("https://files.example.com/v2/files", "https://parameters.example.com");
    assert_eq!(
        urls(|builder| builder).await,
        [files.to_owned(), format!("{rest}/v9/files"), format!("{rest}/v1/files")]
    );
    let eu = "https://eu.example.com/v1";
    let moved = urls(|builder| builder.base_url("https://eu.example.com/v1")).await;
    assert_eq!(moved, [format!("{eu}/files"), "https://eu.example.com/v9/files".to_owned(), format!("{eu}/files")]);
    let kept = urls(|builder| builder.base_url("https://eu.example.com/v1").keep_servers(true)).await;
    assert_eq!(kept, [files.to_owned(), "https://eu.example.com/v9/files".to_owned(), format!("{eu}/files")]);
    let chosen = urls(|builder| {
        let builder = builder.base_url("https://{region}.example.com/{version}").server_variable("version", "v1");
        builder.server_variable("region", "eu").server_variable("version", "v3").keep_servers(true)
    });
    let others = ["https://eu.example.com/v9/files", "https://eu.example.com/v3/files"].map(str::to_owned);
    assert_eq!(chosen.await, [&["https://files.example.com/v3/files".to_owned()], others.as_slice()].concat());
    let unknown = Client::builder().server_variable("verison", "v3").build().unwrap_err();
    let message = "no server has the variable `verison`; there are: `version`";
    assert!(unknown.to_string().contains(message), "{unknown}");
}

//! A transport without a network, for tests of what is built on this client: it answers as it is
//! told to, and notes what it was asked to send.
//!
//! Time is the fake's own: every wait is over at once, and [`waits`](Fake::waits) says how long it
//! would have been. A call that gets no answer runs into its timeout at once; what takes time by
//! itself, such as a file that is read, runs into none.

use super::body::Body;
use super::fake_reply::{FakeReply, Kind};
use super::fake_request::FakeRequest;
use super::sending::Sending;
use super::transport::{BoxFuture, Transport, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime};

/// Nothing but a fake takes it.
pub use super::sending::Planned;

/// A transport that answers as it is told to. Clones are the same transport.
///
/// Waiting takes no time with it: a time limit is over as soon as an answer doesn't come
/// ([`FakeReply::silent`]), and is none to what takes time by itself, such as a token's provider.
///
/// ```text
/// let fake = Fake::new();
/// fake.on("getPet", FakeReply::json(&json!({ "id": 7, "name": "Kitty" })));
/// fake.on("listPets", FakeReply::status(503).header("retry-after", "1"));
/// fake.on("listPets", FakeReply::json(&page));
/// let client = Client::builder().token("t").transport(fake.clone()).build()?;
/// fake.answer(client.pets().create_pet(&new).send(), &pet);
/// fake.reply(client.pets().watch_pets().stream(), FakeReply::events([&born, &fed]).breaking_off());
/// ```
#[derive(Clone, Default)]
pub struct Fake {
    state: Arc<Mutex<State>>,
}

type Script = Arc<dyn Fn(&FakeRequest) -> FakeReply + Send + Sync>;

/// The replies to an operation.
#[derive(Default)]
struct Replies {
    /// Those that were not given yet; the last one stays.
    waiting: VecDeque<FakeReply>,
    /// Whether the one that stays was given.
    is_given: bool,
    /// Whether any was.
    is_asked: bool,
}

impl Replies {
    fn next(&mut self) -> Option<FakeReply> {
        self.is_asked = true;
        if self.waiting.len() > 1 {
            return self.waiting.pop_front();
        }
        self.is_given = true;
        self.waiting.front().cloned()
    }
}

#[derive(Default)]
struct State {
    /// By operation.
    replies: BTreeMap<String, Replies>,
    script: Option<Script>,
    requests: Vec<FakeRequest>,
    waits: Vec<Duration>,
    passed: Duration,
    /// How many requests get no answer right now.
    silent: usize,
}

impl State {
    /// Lets a wait be over.
    fn waited(&mut self, duration: Duration) {
        self.waits.push(duration);
        self.passed = self.passed.saturating_add(duration);
    }
}

impl Fake {
    /// A transport that refuses every request until it is told what to answer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers an operation, by its ID in the description or by method and path template
    /// (`GET /pets/{id}`). Replies to one operation are given in their order, and the last one from
    /// then on. An operation that isn't there is among the [`unasked`](Self::unasked);
    /// [`answer`](Self::answer) and [`reply`](Self::reply) take none.
    pub fn on(&self, operation: &str, reply: FakeReply) {
        let mut state = self.state();
        let replies = state.replies.entry(operation.to_owned()).or_default();
        if replies.is_given {
            replies.waiting.clear();
        }
        replies.is_given = false;
        replies.waiting.push_back(reply);
    }

    /// Answers the operation of `call`, which isn't sent, with a value of the type that it answers:
    /// another one doesn't compile. As [`on`](Self::on) with 200 and the value as JSON, or as a text
    /// where the operation answers a text; `None` and `()` are 204, without a body. A type that only
    /// answers have can be made of JSON: `serde_json::from_value(json!({"id": 1}))`.
    ///
    /// Its arguments don't matter: all calls of the operation are answered. A `call` that is on its
    /// way already changes nothing.
    pub fn answer<T: Serialize>(&self, call: Sending<T>, value: &T) {
        let is_json = call.media_types().is_some_and(|media_types| media_types.contains("json"));
        let reply = FakeReply::json(value);
        let text = serde_json::from_slice::<String>(&reply.body);
        let reply = match text {
            _ if reply.body == "null" => FakeReply::status(204),
            Ok(text) if !is_json => FakeReply::status(200).body(text),
            _ => reply,
        };
        self.reply(call, reply);
    }

    /// Answers the operation of `call`, which isn't sent, with any reply: an error, bytes, or what a
    /// stream holds. As [`on`](Self::on); a body without a media type has the first one that the
    /// operation asks for.
    pub fn reply(&self, call: impl Planned, reply: FakeReply) {
        if let Some(operation) = call.operation() {
            let media_type = call.media_types().and_then(|all| all.split(',').next());
            self.on(&operation, reply.called(media_type.unwrap_or_default().trim()));
        }
    }

    /// Answers every request that no reply of [`on`](Self::on) is for.
    pub fn otherwise(&self, reply: impl Fn(&FakeRequest) -> FakeReply + Send + Sync + 'static) {
        self.state().script = Some(Arc::new(reply));
    }

    /// What was sent so far, each attempt by itself.
    #[must_use]
    pub fn requests(&self) -> Vec<FakeRequest> {
        self.state().requests.clone()
    }

    /// The operations that have a reply and that no request was for so far, as [`on`](Self::on) was
    /// told them: at the end of a test those that are not there, and those that it didn't come to.
    #[must_use]
    pub fn unasked(&self) -> Vec<String> {
        let state = self.state();
        let unasked = state.replies.iter().filter(|(_, replies)| !replies.is_asked);
        unasked.map(|(operation, _)| operation.clone()).collect()
    }

    /// How long was waited so far: between attempts, and for answers that did not come.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.state().waits.clone()
    }

    /// Lets time pass: tokens expire by this clock.
    pub fn pass(&self, duration: Duration) {
        let mut state = self.state();
        state.passed = state.passed.saturating_add(duration);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why there is no reply, with what there are some to.
    fn untold(&self, request: &FakeRequest) -> String {
        let (path, operation) = (request.by_path(), request.operation());
        let called = if operation.is_empty() || operation == path {
            String::new()
        } else {
            format!(" ({operation})")
        };
        let state = self.state();
        let others: Vec<_> = state.replies.keys().map(String::as_str).collect();
        let others = if others.is_empty() {
            String::new()
        } else {
            format!(", only to {}", others.join(", "))
        };
        format!("the fake has no reply to {path}{called}{others}")
    }

    fn told(&self, request: &FakeRequest) -> Option<FakeReply> {
        let script = {
            let mut state = self.state();
            state.requests.push(request.clone());
            let by_path = request.by_path();
            for key in [request.operation(), &by_path] {
                let Some(replies) = state.replies.get_mut(key) else {
                    continue;
                };
                return replies.next();
            }
            state.script.clone()
        };
        // It may ask the fake for what was sent, so the lock is free by now.
        script.map(|script| script(request))
    }
}

impl Transport for Fake {
    fn call(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = read(body).await?;
            let request = FakeRequest::new(http::Request::from_parts(head, body));
            let reply = self.told(&request);
            let Some(reply) = reply else {
                return Err(TransportError::request(self.untold(&request)));
            };
            match reply.kind {
                Kind::Answer | Kind::BreaksOff => Ok(reply.answer()),
                Kind::Refused => Err(TransportError::connect("the fake refuses the connection")),
                Kind::Broken => Err(TransportError::exchange("the fake breaks the connection")),
                Kind::Silent => {
                    let _silence = Silence::of(self);
                    std::future::pending().await
                }
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let fake = self.clone();
        Box::pin(async move { fake.state().waited(duration) })
    }

    fn limit(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let fake = self.clone();
        // Looked at again whenever what it limits was.
        Box::pin(poll_fn(move |_| {
            let mut state = fake.state();
            if state.silent == 0 {
                return Poll::Pending;
            }
            state.waited(duration);
            Poll::Ready(())
        }))
    }

    fn now(&self) -> SystemTime {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        start.checked_add(self.state().passed).unwrap_or(start)
    }
}

/// A request that gets no answer, for as long as it is waited for.
struct Silence<'a>(&'a Fake);

impl<'a> Silence<'a> {
    fn of(fake: &'a Fake) -> Self {
        let mut state = fake.state();
        state.silent = state.silent.saturating_add(1);
        Self(fake)
    }
}

impl Drop for Silence<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.silent = state.silent.saturating_sub(1);
    }
}

/// A body to its end.
async fn read(mut body: Body) -> Result<Bytes, TransportError> {
    if let Some(whole) = body.as_bytes() {
        return Ok(whole.clone());
    }
    let mut all = Vec::new();
    while let Some(chunk) = poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
        all.extend_from_slice(&chunk?);
    }
    Ok(all.into())
}

/// Shows how many requests came, not what they are.
impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fake")
            .field("requests", &self.state().requests.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::CoreBuilder;
    use super::super::call::{Call, Operation};
    use super::super::core::Core;
    use super::super::error::{Error, ErrorKind};
    use super::super::testing::{API, GET, POST, block_on};
    use super::*;
    use http::header::CONTENT_TYPE;
    use serde_json::{Value, json};
    use std::task::{Context, Waker};

    fn client(fake: &Fake) -> Core {
        let mut builder = CoreBuilder::new(&API);
        builder.credential(0, "hidden".into());
        builder.transport(Arc::new(fake.clone()));
        builder.build(None).unwrap()
    }

    fn get(fake: &Fake) -> Result<Value, Error> {
        block_on(Call::new(&client(fake), &GET).send())
    }

    #[test]
    fn operations_are_answered_by_id_and_by_path() {
        let fake = Fake::new();
        fake.on("GetThings", FakeReply::json(&json!([1])));
        fake.on("GetThings", FakeReply::json(&json!([2])));
        fake.on("POST /things", FakeReply::status(201).with_json(&"made"));
        for expected in [json!([1]), json!([2]), json!([2])] {
            assert_eq!(get(&fake).unwrap(), expected);
        }
        let mut call = Call::new(&client(&fake), &POST);
        call.query("a", &"b c");
        call.json("application/json", &vec![7]);
        assert_eq!(block_on(call.send::<Value>()).unwrap(), "made");
        let requests = fake.requests();
        let last = requests.last().unwrap();
        assert_eq!((last.operation(), last.method().as_str()), ("PostThings", "POST"));
        assert_eq!((last.path(), last.query()), ("/v4/things", "a=b%20c"));
        assert_eq!(last.json::<Vec<i64>>(), Some(vec![7]));
        assert_eq!(last.header("authorization"), Some("Bearer hidden"));
        assert!(!format!("{last:?} {fake:?}").contains("hidden"));
    }

    #[test]
    fn operations_are_answered_with_values_of_their_own_type() {
        static TEXT: Operation = Operation {
            id: "",
            method: "GET",
            path: "/text",
            accept: "text/plain",
            security: &[],
            idempotency_header: None,
        };
        let fake = Fake::new();
        let core = client(&fake);
        let get = || Call::new(&core, &GET).send::<Vec<i64>>();
        fake.answer(get(), &vec![1]);
        assert_eq!(block_on(get()).unwrap(), [1]);
        let text = || Call::new(&core, &TEXT).send_text();
        fake.answer(text(), &"a \"b\"".to_owned());
        assert_eq!(block_on(text()).unwrap(), "a \"b\"");
        let post = || Call::new(&core, &POST).send_optional::<String>();
        fake.answer(post(), &None);
        fake.answer(post(), &Some("made".to_owned()));
        assert_eq!(block_on(post()).unwrap(), None);
        assert_eq!(block_on(post()).unwrap().as_deref(), Some("made"));
        assert_eq!(fake.requests().len(), 4);
    }

    #[test]
    fn operations_are_answered_with_any_reply() {
        static BYTES: Operation = Operation {
            id: "getBytes",
            method: "GET",
            path: "/bytes",
            accept: "image/png, image/jpeg",
            security: &[],
            idempotency_header: None,
        };
        let fake = Fake::new();
        let core = client(&fake);
        let bytes = || Call::new(&core, &BYTES).send::<Bytes>();
        fake.reply(bytes(), FakeReply::status(200).body("\u{89}PNG"));
        let answer = block_on(bytes().with_response()).unwrap();
        assert_eq!(answer.headers()[CONTENT_TYPE], "image/png");
        assert_eq!(answer.into_value(), "\u{89}PNG");
        fake.reply(bytes(), FakeReply::status(404).with_json(&json!({"message": "no"})));
        let error = block_on(bytes()).unwrap_err();
        assert_eq!((error.is_not_found(), error.message()), (true, "no"));
    }

    #[test]
    fn callers_can_ask_for_what_a_reply_is_to_in_functions_of_their_own() {
        fn missing(fake: &Fake, call: impl super::super::Planned) {
            fake.reply(call, FakeReply::status(404));
        }
        let fake = Fake::new();
        missing(&fake, Call::new(&client(&fake), &GET).send::<Value>());
        assert!(get(&fake).unwrap_err().is_not_found());
    }

    #[test]
    fn a_body_can_break_off() {
        let fake = Fake::new();
        fake.on("GetThings", FakeReply::lines([1, 2]).breaking_off());
        let core = client(&fake).with_options(|options| options.max_retries(0));
        let call = || Call::new(&core, &GET).send::<Value>();
        assert_eq!(block_on(call()).unwrap_err().kind(), ErrorKind::Transport);
        let mut raw = block_on(call().raw()).unwrap();
        assert_eq!(block_on(raw.chunk()).unwrap().unwrap(), "1\n2\n");
        assert!(block_on(raw.chunk()).is_err());
        let events = FakeReply::events([json!({"a": 1}), json!("b")]);
        assert_eq!(events.body, "data: {\"a\":1}\n\ndata: \"b\"\n\n");
    }

    #[test]
    fn nothing_is_a_204_and_a_call_under_way_changes_nothing() {
        let fake = Fake::new();
        let core = client(&fake);
        let get = || Call::new(&core, &GET).send::<()>();
        fake.answer(get(), &());
        let answer = block_on(get().with_response()).unwrap();
        assert_eq!(answer.status().as_u16(), 204);
        // A value that may be null is one.
        let nullable = || Call::new(&core, &POST).send::<Option<i64>>();
        fake.answer(nullable(), &None);
        assert_eq!(block_on(nullable()).unwrap(), None);
        let fake = Fake::new();
        fake.on("GetThings", FakeReply::silent());
        let core = client(&fake);
        let mut under_way = Call::new(&core, &GET).send::<i64>();
        let _ = Pin::new(&mut under_way).poll(&mut Context::from_waker(Waker::noop()));
        fake.answer(under_way, &7);
        assert!(block_on(Call::new(&core, &GET).send::<i64>()).is_err());
    }

    #[test]
    fn a_reply_that_was_given_stays_until_there_is_another_one() {
        let fake = Fake::new();
        for given in [1, 1, 2, 2] {
            if fake.requests().len() % 2 == 0 {
                fake.on("GetThings", FakeReply::json(&given));
            }
            assert_eq!(get(&fake).unwrap(), json!(given));
        }
    }

    #[test]
    fn what_takes_time_by_itself_is_waited_for() {
        /// A body that isn't there at once.
        struct Late(bool);

        impl Stream for Late {
            type Item = Result<Bytes, TransportError>;

            fn poll_next(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
            ) -> Poll<Option<Self::Item>> {
                if std::mem::replace(&mut self.0, true) {
                    return Poll::Ready(None);
                }
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }

        let fake = Fake::new();
        fake.on("PostThings", FakeReply::status(204));
        let request = http::Request::post("https://api.example.com/things");
        let body = Body::from_stream(Late(false));
        let mut limit = fake.limit(Duration::from_secs(1));
        let mut answer = fake.call(request.body(body).unwrap());
        let mut context = Context::from_waker(Waker::noop());
        assert!(answer.as_mut().poll(&mut context).is_pending());
        assert!(limit.as_mut().poll(&mut context).is_pending());
        assert!(answer.as_mut().poll(&mut context).is_ready());
        // No answer came to another call, and nobody waits for that any more.
        fake.on("GetThings", FakeReply::silent());
        assert!(get(&fake).unwrap_err().is_timeout());
        let mut limit = fake.limit(Duration::from_secs(1));
        assert!(limit.as_mut().poll(&mut context).is_pending());
    }

    #[test]
    fn time_passes_as_it_is_told_to_and_by_what_is_waited_for() {
        let fake = Fake::new();
        let begin = fake.now();
        fake.pass(Duration::from_secs(7));
        assert_eq!(fake.now().duration_since(begin).unwrap(), Duration::from_secs(7));
        fake.on("GetThings", FakeReply::status(503).header("retry-after", "5"));
        fake.on("GetThings", FakeReply::status(204));
        get(&fake).unwrap();
        assert_eq!(fake.now().duration_since(begin).unwrap(), Duration::from_secs(12));
    }

    #[test]
    fn faults_and_waits_take_no_time() {
        let fake = Fake::new();
        fake.on("GetThings", FakeReply::refused());
        fake.on("GetThings", FakeReply::status(503).header("retry-after", "7"));
        fake.on("GetThings", FakeReply::broken());
        assert_eq!(get(&fake).unwrap_err().attempts(), 3);
        assert_eq!(fake.waits()[1], Duration::from_secs(7));

        let fake = Fake::new();
        fake.on("GetThings", FakeReply::silent());
        let before = fake.now();
        assert!(get(&fake).unwrap_err().is_timeout());
        assert!(fake.now().duration_since(before).unwrap() >= Duration::from_secs(180));
        let before = fake.now();
        let core = client(&fake).with_options(|options| options.total_timeout(Duration::from_secs(100)));
        let error = block_on(Call::new(&core, &GET).send::<Value>()).unwrap_err();
        assert_eq!((error.is_timeout(), error.attempts()), (true, 2));
        assert_eq!(fake.now().duration_since(before).unwrap(), Duration::from_secs(100));
    }

    /// Why the fake refuses a request.
    fn refusal(fake: &Fake) -> String {
        let error = get(fake).unwrap_err();
        let source = std::error::Error::source(&error).and_then(std::error::Error::source);
        source.unwrap().to_string()
    }

    #[test]
    fn an_operation_that_is_not_there_is_told() {
        let fake = Fake::new();
        fake.on("getThings", FakeReply::status(204));
        fake.on("POST /things", FakeReply::status(204));
        assert_eq!(
            refusal(&fake),
            "the fake has no reply to GET /things (GetThings), only to POST /things, getThings"
        );
        assert_eq!(fake.unasked(), ["POST /things", "getThings"]);
        fake.on("GetThings", FakeReply::json(&1));
        assert_eq!(get(&fake).unwrap(), json!(1));
        assert_eq!(fake.unasked(), ["POST /things", "getThings"]);
    }

    #[test]
    fn what_it_was_not_told_is_refused_and_a_script_answers_the_rest() {
        let fake = Fake::new();
        assert_eq!(refusal(&fake), "the fake has no reply to GET /things (GetThings)");
        let seen = fake.clone();
        fake.otherwise(move |request| {
            FakeReply::json(&(seen.requests().len(), request.operation())).body("[1]")
        });
        assert_eq!(get(&fake).unwrap(), json!([1]));
    }
}

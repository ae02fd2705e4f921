//! Retries, by a clock that stands still: what is tried again, how often, and after which wait.

use std::time::{Duration, SystemTime};

use clientwright_tests::fake::{ATTEMPT, Fake, reply};
use realtimekit_sessions::{Client, Error, TransportError};

/// Runs a GET and a POST against a transport, and gives the attempts of each.
fn client(fake: &Fake) -> Client {
    let builder = Client::builder().bearer_token("token").transport(fake.clone());
    builder.options(|options| options.timeout(ATTEMPT)).build().unwrap()
}

async fn get(client: &Client) -> Result<(), Error> {
    client.realtime_kit().sessions().get_sessions("a", "b").send().await.map(drop)
}

async fn post(client: &Client) -> Result<(), Error> {
    client.realtime_kit().sessions().generate_summary_of_transcripts("a", "b", "c").send().await.map(drop)
}

#[tokio::test]
async fn statuses_are_tried_again_where_that_is_safe() {
    // Status, headers, attempts of a GET, attempts of a POST.
    type Row = (u16, &'static [(&'static str, &'static str)], usize, usize);
    let rows: &[Row] = &[
        (400, &[], 1, 1),
        (401, &[], 1, 1),
        (404, &[], 1, 1),
        (422, &[], 1, 1),
        (408, &[], 3, 1),
        (409, &[], 3, 1),
        (429, &[], 3, 3),
        (500, &[], 3, 1),
        (502, &[], 3, 1),
        (503, &[], 3, 1),
        (503, &[("retry-after", "1")], 3, 3),
        (504, &[], 3, 1),
        (599, &[], 3, 1),
        (400, &[("x-should-retry", "true")], 3, 3),
        (500, &[("x-should-retry", "false")], 1, 1),
        (429, &[("x-should-retry", "false")], 1, 1),
        (403, &[], 1, 1),
        (403, &[("retry-after", "1")], 3, 3),
        (403, &[("retry-after", "61")], 1, 1),
        (403, &[("x-ratelimit-remaining", "0")], 1, 1),
        (403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "5")], 3, 3),
        (403, &[("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", "5")], 1, 1),
        (404, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "5")], 1, 1),
    ];
    for (status, headers, gets, posts) in rows {
        let fake = Fake::new(move |_, _| reply(*status, headers, "{}"));
        let error = get(&client(&fake)).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(*status));
        assert_eq!((fake.requests().len(), error.attempts() as usize), (*gets, *gets), "GET {status} {headers:?}");
        let fake = Fake::new(move |_, _| reply(*status, headers, "{}"));
        let error = post(&client(&fake)).await.unwrap_err();
        assert_eq!((fake.requests().len(), error.attempts() as usize), (*posts, *posts), "POST {status} {headers:?}");
    }
}

#[tokio::test]
async fn one_setting_treats_posts_as_gets() {
    let fake = Fake::new(|_, _| reply(500, &[], "{}"));
    let client = client(&fake).with_options(|options| options.retry_posts_as_gets(true));
    post(&client).await.unwrap_err();
    assert_eq!(fake.requests().len(), 3);
}

#[tokio::test]
async fn a_limit_that_is_used_up_is_waited_for_if_it_ends_soon() {
    let end = |seconds| (SystemTime::now() + Duration::from_secs(seconds)).duration_since(SystemTime::UNIX_EPOCH);
    let answers = |end: Duration| {
        let end = end.as_secs().to_string();
        Fake::new(move |_, before| match before {
            0 => reply(403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", &end)], "{}"),
            _ => reply(200, &[], "{}"),
        })
    };
    let soon = answers(end(30).unwrap());
    get(&client(&soon)).await.unwrap();
    let waits: Vec<_> = soon.waits().iter().map(Duration::as_secs).collect();
    assert!(matches!(waits[..], [28..=31]), "{waits:?}");
    let late = answers(end(1800).unwrap());
    let error = get(&client(&late)).await.unwrap_err();
    assert!(error.is_rate_limited() && error.is_retryable() && error.attempts() == 1, "{error:?}");
    assert!(error.retry_after().is_some_and(|wait| (1750..=1801).contains(&wait.as_secs())), "{error:?}");
}

#[tokio::test]
async fn callers_say_which_statuses_are_tried_again() {
    let attempts = |status: u16, headers: &'static [(&'static str, &'static str)]| async move {
        let fake = Fake::new(move |_, _| reply(status, headers, "{}"));
        let choose = |options: realtimekit_sessions::Options| {
            options.retry_status(423, true).retry_status(409, false).retry_status(503, false)
        };
        let client = client(&fake).with_options(choose);
        let error = get(&client).await.unwrap_err();
        assert_eq!(error.is_retryable(), error.attempts() == 3, "{error}");
        post(&client).await.unwrap_err();
        (error.attempts() as usize, fake.requests().len() - error.attempts() as usize)
    };
    assert_eq!(attempts(423, &[]).await, (3, 1));
    assert_eq!(attempts(409, &[]).await, (1, 1));
    assert_eq!(attempts(503, &[("retry-after", "1"), ("x-should-retry", "true")]).await, (1, 1));
    assert_eq!(attempts(500, &[]).await, (3, 1));
    assert_eq!(attempts(429, &[]).await, (3, 3));
    let fake = Fake::new(|_, _| reply(200, &[], "{}"));
    for status in [200, 307, 600] {
        let client = client(&fake).with_options(|options| options.retry_status(status, true));
        let error = get(&client).await.unwrap_err();
        assert!(error.to_string().contains("takes statuses from 400 to 599"), "{error}");
    }
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn waits_grow_and_have_jitter() {
    let fake = Fake::new(|_, _| reply(500, &[], "{}"));
    get(&client(&fake).with_options(|options| options.max_retries(6))).await.unwrap_err();
    let waits = fake.waits();
    assert_eq!(waits.len(), 6);
    for (wait, longest) in waits.iter().zip([0.5, 1.0, 2.0, 4.0, 8.0, 8.0]) {
        let seconds = wait.as_secs_f64();
        assert!(seconds >= longest * 0.75 && seconds <= longest, "{seconds} of {longest}");
    }
}

/// An HTTP date `seconds` from now, by the clock of this machine.
fn date(seconds: i64) -> String {
    let offset = Duration::from_secs(seconds.unsigned_abs());
    let at = if seconds < 0 { SystemTime::now() - offset } else { SystemTime::now() + offset };
    httpdate::fmt_http_date(at)
}

#[tokio::test]
async fn retry_after_is_honoured_up_to_a_minute() {
    /// What must come of it.
    enum Then {
        Wait(f64, f64),
        Backoff,
        GiveUp,
    }
    let future = date(30);
    let past = date(-3600);
    let rows = [
        ("0", Then::Wait(0.0, 0.0)),
        ("1.5", Then::Wait(1.5, 1.5)),
        ("60", Then::Wait(60.0, 60.0)),
        ("61", Then::GiveUp),
        ("2147484", Then::GiveUp),
        ("1e300", Then::GiveUp),
        ("-5", Then::Backoff),
        ("", Then::Backoff),
        ("soon", Then::Backoff),
        ("nan", Then::Backoff),
        ("inf", Then::Backoff),
        (&*future, Then::Wait(28.0, 30.0)),
        (&*past, Then::Backoff),
    ];
    for (value, then) in rows {
        let header = value.to_owned();
        let fake = Fake::new(move |_, before| match before {
            0 => reply(429, &[("retry-after", &header)], "{}"),
            _ => reply(200, &[], "{}"),
        });
        let result = get(&client(&fake)).await;
        let waits: Vec<_> = fake.waits().iter().map(Duration::as_secs_f64).collect();
        match then {
            Then::GiveUp => {
                let error = result.expect_err(value);
                assert_eq!(fake.requests().len(), 1, "{value}");
                assert!(error.retry_after().is_some_and(|wait| wait > Duration::from_secs(60)), "{value}: {error:?}");
            }
            Then::Backoff => {
                result.unwrap();
                assert!(waits.len() == 1 && (0.375..=0.5).contains(&waits[0]), "{value}: {waits:?}");
            }
            Then::Wait(least, most) => {
                result.unwrap();
                let waited = waits.first().copied().unwrap_or_default();
                assert!(waits.len() <= 1 && waited >= least && waited <= most, "{value}: {waits:?}");
            }
        }
    }
}

#[tokio::test]
async fn milliseconds_come_before_seconds() {
    let fake = Fake::new(|_, before| match before {
        0 => reply(503, &[("retry-after-ms", "1250"), ("retry-after", "7")], "{}"),
        _ => reply(200, &[], "{}"),
    });
    get(&client(&fake)).await.unwrap();
    assert_eq!(fake.waits(), [Duration::from_millis(1250)]);
}

#[tokio::test]
async fn all_waits_together_end() {
    let fake = Fake::new(|_, _| reply(429, &[("retry-after", "50")], "{}"));
    let error = get(&client(&fake).with_options(|options| options.max_retries(100))).await.unwrap_err();
    let waited: Duration = fake.waits().iter().sum();
    assert!(waited <= Duration::from_secs(120), "{waited:?}");
    assert!(error.is_rate_limited());
}

#[tokio::test]
async fn a_connection_never_made_is_safe_for_every_method_and_a_broken_one_is_not() {
    let never = Fake::new(|_, _| Err(TransportError::connect("refused")));
    post(&client(&never)).await.unwrap_err();
    assert_eq!(never.requests().len(), 3);
    let broken = Fake::new(|_, _| Err(TransportError::exchange("reset")));
    let error = post(&client(&broken)).await.unwrap_err();
    assert_eq!((broken.requests().len(), error.attempts()), (1, 1));
    let broken = Fake::new(|_, _| Err(TransportError::exchange("reset")));
    get(&client(&broken)).await.unwrap_err();
    assert_eq!(broken.requests().len(), 3);
}

#[tokio::test]
async fn a_storm_of_failures_uses_up_the_shared_budget() {
    let fake = Fake::new(|_, _| reply(500, &[], "{}"));
    let client = client(&fake);
    for _ in 0..200 {
        get(&client.clone()).await.unwrap_err();
    }
    // 500 tokens at 5 a retry are 100 retries.
    assert_eq!(fake.requests().len(), 200 + 100);
}

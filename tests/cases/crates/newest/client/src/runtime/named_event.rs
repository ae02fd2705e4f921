//! Events that are told apart by their names (HTML, section 9.2.6), each with data of its own.

use super::call::Call;
use super::decode::Decode;
use super::event_parser::Parsed;
use super::event_stream::{self, EventStream};
use super::fault::Fault;
use super::streaming::SendingStream;

/// What an event is read as, or why it can't be.
pub(crate) type EventRead<T> = Result<T, Fault>;

/// The data of an event, as it came.
#[derive(Clone, Copy, Debug)]
pub struct EventText<'a>(&'a str);

impl EventText<'_> {
    /// The data as JSON.
    pub(crate) fn json<T: Decode>(self) -> EventRead<T> {
        event_stream::json(self.0)
    }

    /// The data as a text.
    pub(crate) fn text(self) -> String {
        self.0.to_owned()
    }
}

/// What the events of a stream are read as, by their names.
pub trait NamedEvent: Sized {
    /// What an event of this name holds; one without a name is a `message`.
    ///
    /// # Errors
    /// When its data isn't what events of this name have.
    fn read(name: &str, data: EventText<'_>) -> EventRead<Self>;
}

fn read<T: NamedEvent>(event: &Parsed) -> EventRead<T> {
    T::read(
        event.name.as_deref().unwrap_or("message"),
        EventText(&event.data),
    )
}

impl Call {
    /// Sends the call, for events that are told apart by their names.
    pub(crate) fn send_named_events<T: NamedEvent>(self) -> SendingStream<EventStream<T>> {
        self.send_events_as(|opened| EventStream::new(opened, read))
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::ErrorKind;
    use super::super::testing::{Fake, GET, answer, block_on, builder};
    use super::*;

    #[derive(Debug, PartialEq)]
    enum Event {
        Count(i64),
        Said(String),
        Unlisted(String),
    }

    impl NamedEvent for Event {
        fn read(name: &str, data: EventText<'_>) -> EventRead<Self> {
            Ok(match name {
                "count" => Self::Count(data.json()?),
                "message" => Self::Said(data.text()),
                _ => Self::Unlisted(data.text()),
            })
        }
    }

    fn events(text: &'static str) -> Vec<Result<Event, ErrorKind>> {
        let fake = Fake::new([answer(200, text)]);
        let call = Call::new(&builder(&fake).build(None).unwrap(), &GET);
        let mut stream = block_on(call.send_named_events::<Event>()).unwrap();
        let mut all = Vec::new();
        while let Some(next) = block_on(stream.try_next()).transpose() {
            all.push(next.map(|event| event.data).map_err(|error| error.kind()));
        }
        all
    }

    #[test]
    fn the_name_tells_what_the_data_is() {
        let text = "event: count\ndata: 1\n\ndata: 2\n\nevent: message\ndata: m\n\n\
                    event: other\ndata: {}\n\nevent: count\ndata: x\n\nevent: count\ndata: 3\n\n";
        assert_eq!(
            events(text),
            [
                Ok(Event::Count(1)),
                Ok(Event::Said("2".into())),
                Ok(Event::Said("m".into())),
                Ok(Event::Unlisted("{}".into())),
                Err(ErrorKind::Decode),
                Ok(Event::Count(3)),
            ]
        );
    }

    #[test]
    fn what_ends_a_stream_is_no_event() {
        let text = "event: count\ndata: 1\n\ndata: [DONE]\n\nevent: count\ndata: 2\n\n";
        assert_eq!(events(text), [Ok(Event::Count(1))]);
    }
}

//! All tests over whole descriptions and whole clients, in one binary: linking one takes a twentieth of the time and of the
//! disk that linking twenty takes.

mod additional;
mod answers;
mod bodies;
mod build_script;
mod cases;
mod composition;
mod corpus;
mod decoders;
mod determinism;
mod diff;
mod environment;
mod faults;
mod golden;
mod layers;
mod made;
mod paging;
mod paging_styles;
mod parameters;
mod readme;
mod requests;
mod retries;
mod seams;
mod shapes;
mod streams;
mod surface;
mod threats_files;
mod threats_injection;
mod threats_input;
mod threats_prose;
mod tokens;
mod types_alone;
mod unions;
mod uploads;
mod values;
mod wire;

use client::types::{ListTodosResponse, Todo};

pub fn is_done(todo: &Todo) -> bool {
    todo.done
}

pub fn open(page: &ListTodosResponse) -> usize {
    page.todos.iter().filter(|todo| !is_done(todo)).count()
}

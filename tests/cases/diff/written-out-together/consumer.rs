use client::types::{ListTodosResponse, ListTodosResponseTodo, Todo};

pub fn is_done(todo: &ListTodosResponseTodo) -> bool {
    todo.done
}

pub fn open(page: &ListTodosResponse) -> usize {
    page.todos.iter().filter(|todo| !is_done(todo)).count()
}

pub fn title(todo: &Todo) -> &str {
    &todo.title
}

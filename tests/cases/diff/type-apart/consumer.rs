use client::types::{Credit, CreditState, Invoice, InvoiceState};

pub fn credit(invoice: &Invoice) -> Credit {
    Credit::new(invoice.state.clone())
}

pub fn invoice() -> Invoice {
    Invoice::new(InvoiceState::Draft)
}

pub fn is_paid(credit: &Credit) -> bool {
    credit.state == CreditState::Paid
}

use client::types::{Credit, CreditState, Invoice, InvoiceState};

pub fn invoice(state: InvoiceState) -> Invoice {
    Invoice::new(state)
}

pub fn is_paid(invoice: &Invoice, credit: &Credit) -> bool {
    invoice.state == InvoiceState::Sent && credit.state == CreditState::Paid
}

/** The ways to pay, in the order of the form. Which of them is ticked first is an experiment. */
export const payments = [
  { id: 'invoice', name: 'Invoice', line: 'thirty days after it arrives' },
  { id: 'card', name: 'Card', line: 'debit or credit' },
  { id: 'phone', name: 'Phone', line: 'hold it to the screen' },
] as const;

export type Payment = (typeof payments)[number];

export function findPayment(id: string): Payment {
  return payments.find((payment) => payment.id === id) ?? payments[0];
}

/** What the pages say on which agents sign in. */
export const words = {
  de: {
    title: 'Anmelden',
    ask: 'Geben Sie die E-Mail-Adresse ein, unter der Sie als Agent eingetragen sind. Sie bekommen dann einen Link per E-Mail.',
    address: 'E-Mail-Adresse',
    send: 'Link anfordern',
    asked:
      'Wenn diese Adresse zu einem Agenten gehört, ist jetzt ein Link an sie unterwegs. Er gilt 15 Minuten. Je Stunde gehen höchstens fünf solche E-Mails an dieselbe Person.',
    again: 'Noch einmal anfordern',
    press: (name: string) => `Der Link gilt für ${name}.`,
    signIn: 'Anmelden',
    deadTitle: 'Dieser Link gilt nicht mehr',
    dead: 'Ein Link zum Anmelden gilt 15 Minuten. Fordern Sie bitte einen neuen an.',
    out: 'Sie sind abgemeldet.',
    faultTitle: 'Das hat nicht geklappt',
    fault: 'Bitte versuchen Sie es in einer Minute noch einmal.',
    unreadable: 'Das Formular war nicht zu lesen. Bitte gehen Sie zurück und senden Sie es noch einmal.',
  },
  en: {
    title: 'Sign in',
    ask: 'Enter the email address that you have here as an agent. We will send you a link.',
    address: 'Email address',
    send: 'Send me a link',
    asked:
      'If this address belongs to an agent, a link is on its way to it. The link works for 15 minutes. Nobody gets more than five of these emails an hour.',
    again: 'Ask again',
    press: (name: string) => `This link is for ${name}.`,
    signIn: 'Sign in',
    deadTitle: 'This link no longer works',
    dead: 'A sign-in link works for 15 minutes. Please ask for a new one.',
    out: 'You are signed out.',
    faultTitle: 'That did not work',
    fault: 'Please try again in a minute.',
    unreadable: 'The form could not be read. Please go back and send it again.',
  },
} as const

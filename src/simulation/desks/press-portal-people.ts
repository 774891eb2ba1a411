/** Who writes to and rings the press portal, and where. */

export const portal = {
  support: 'support@service.example.com',
  accounting: 'buchhaltung@service.example.com',
}

/** Of the books below examples/press-portal/customers. */
export const portalCustomers = {
  carolin: {
    name: 'Carolin Eckert',
    address: 'carolin.eckert@rheinufer.example.org',
    phone: '+491713920051',
  },
  laura: { name: 'Laura Bennett', address: 'laura.bennett@brightwater.example.org', phone: '+442079460351' },
  uwe: { name: 'Uwe Sommerfeld', address: 'uwe.sommerfeld@gartenbau.example.net', phone: '+491713920053' },
  jette: { name: 'Jette Lorenz', address: 'jette.lorenz@buchhandlung.example.net' },
  lawyer: { name: 'Henning Ohlsen', address: 'ohlsen@kanzlei.example.net', phone: '+491713920054' },
} as const

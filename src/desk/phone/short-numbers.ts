/**
 * Numbers that no machine may ring: emergency services, and the short numbers of the countries around us, which
 * libphonenumber partly calls valid. All countries' lists count everywhere: a customer in Austria keys in his own
 * country's, and a number of these lengths is nobody's telephone in any of them.
 */

/** Answered by rescue, police, fire brigade and poison or crisis lines: DE, GB and IE, AT, CH, the EU, and what travellers key in. */
const emergency = new Set([
  ...['110', '112', '115', '116117', '116111', '116123', '116116', '116000', '19222', '19240'],
  ...['999', '101', '111', '105', '18000'],
  ...['122', '128', '133', '140', '141', '142', '144', '147', '1450'],
  ...['117', '118', '143', '145', '1414', '1415'],
  ...[
    '911',
    '000',
    '100',
    '102',
    '103',
    '104',
    '106',
    '107',
    '108',
    '113',
    '114',
    '119',
    '190',
    '191',
    '192',
    '193',
  ],
])

/** Directory enquiries, harmonised social numbers, and network services such as a mailbox or caller display. */
const short = /^(?:118\d{0,3}|116\d{3}|1471|1477|1571|123|14[17]\d?|159|195|3311|22\d{3})$/

/** Two-digit area codes of Germany: everywhere else an area code has more. */
const largeCities = /^(?:30|40|69|89)/

/**
 * `digits` as keyed in, or national. Also Germany's behind an area code, which is how they are reached from abroad; a
 * customer whose number is that short and ends so is told, and no machine takes the risk.
 */
export function isEmergency(digits: string): boolean {
  const bare = digits.replace(/^0+/, '')
  if (emergency.has(digits) || emergency.has(bare)) return true
  const behindArea = /^([2-9]\d{1,4})(?:11[025]|19222)$/.exec(bare)?.[1]
  if (behindArea === undefined) return false
  return largeCities.test(behindArea) ? behindArea.length === 2 : behindArea.length <= 4
}

/** Other numbers that are too short or too special for a telephone of somebody. */
export function isShortNumber(digits: string): boolean {
  if (digits === '') return false
  const bare = digits.replace(/^0+/, '')
  return bare.length < 5 || short.test(bare)
}

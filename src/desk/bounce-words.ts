import type { Bounce } from './mail-content.ts'
import { wordList } from './word-list.ts'

/** What codes (RFC 3463) and words of a mail server say about why a mail was not delivered. Data for bounce-verdict.ts. */
export type BounceReason = NonNullable<Bounce['reason']>

/** Codes that mean one thing: subject and detail without the class. */
export const specificCodes: Readonly<Record<string, BounceReason>> = {
  '1.1': 'user-unknown',
  '1.2': 'host-unknown',
  '1.3': 'user-unknown',
  '1.6': 'user-unknown',
  '2.2': 'mailbox-full',
  '2.3': 'message-too-large',
  '3.4': 'message-too-large',
  '4.310': 'host-unknown',
  '7.13': 'user-unknown',
  '1.7': 'policy',
  '1.8': 'policy',
}

/** Codes that say something only where the words say nothing. */
export const vagueCodes: Readonly<Record<string, BounceReason>> = {
  '1.0': 'user-unknown',
  '1.4': 'user-unknown',
  '2.1': 'user-unknown',
  '3.1': 'mailbox-full',
  '4.4': 'host-unknown',
  '1.10': 'host-unknown',
}

/** Size limits: the mail's fault. */
const sizeWords = wordList(`
  message too large | message size exceeds | message is too large | message too big | message exceeds |
  size limit | exceeds maximum message size | message file too big | exceeded message size |
  maximum message size | maximum size | size exceeds | too large | larger than the | zu groß | zu gross |
  überschreitet die maximale | maximale nachrichtengröße | nachrichtengröße | mail size limit |
  exceeds size
`)

const quotaWords = wordList(`
  mailbox full | mailbox is full | mailbox for this user is full | over quota | overquota | over the quota |
  quota exceeded | exceeded storage | exceeded its quota | exceeded quota | exceeds quota |
  exceeded the quota | user is over the quota | out of storage | insufficient system storage |
  insufficient storage | exceeds allowed size | mailbox has exceeded | mailbox quota | mailfolder is full |
  mailbox size limit | not enough space | no space left | storage quota | disk quota | disc quota |
  quotaexceeded | inbox is full | account is full | recipient storage full | full mailbox | is over quota |
  maildir over | postfach voll | postfach ist voll | postfach des empfängers ist voll | postfach überfüllt |
  postfach ist überfüllt | speicherplatz | quota überschritten | mailbox ist voll | mailbox voll |
  mailbox is over | message would exceed | would be over the allowed | over its quota | over the limit
`)

/** Complaints about our side of the conversation, which name addresses and domains that are not the recipient's. */
const senderWords = wordList(`
  sender address | domain of sender | sender domain | sender rejected | sender denied | sender not |
  after mail from | in reply to mail from | [mail_from] | client host rejected | helo command rejected |
  purported responsible | your ip | sending ip | invalid ip | sending mta | ip address blacklisted | client ip | bad spf | spf record | dns-based |
  mismatches client | reverse dns | ptr record | no ptr | rdns | server does not have |
  invalid domain name | my name was rejected
`)

const hostWords = wordList(`
  host unknown | unknown host | host not found | domain not found | host or domain name not found |
  no such host | no such domain | domain does not exist | nxdomain | name service error |
  name or service not known | domain name not found | unknown domain | domain unknown | unresolvable |
  no mx or a | no mx record | no valid mx | mx or srv record indicated no smtp service |
  all relevant mx records point to non-existent hosts | null mx | nullmx | no mail exchanger |
  couldn't find any host | dns error | dns lookup | domain has no valid | illegal host/domain name |
  domain is invalid | domain couldn't be found | does not accept mail | host is unknown |
  domäne existiert nicht | domain existiert nicht | unbekannter host | domäne wurde nicht gefunden |
  bad destination host | bad destination system | can't find host | unrouteable mail domain |
  unrouteable domain | name server | malformed or unexpected name server reply | no dns records |
  hostname lookup | mail exchanger | domain is not reachable | domain does not | no such dns | neither mx
`)

const userWords = wordList(`
  user unknown | invalid final delivery userid | unknown user | not listed in domino | not listed in public name | mailbox is frozen |
  account is locked | mailbox is locked | temporary locked | recipient name is not recognized |
  unknown recipient | no mailbox by that name | gateway user | disabled recipient | no such user |
  no such recipient | no such mailbox | no such address | no such account | no such person |
  no such local user | no such domain user | doesn't exist | recipient not found | recipnotfound |
  user not found | address not found | mailbox not found | account not found | not found in directory |
  recipient unknown | unknown address | address unknown | unknown or illegal alias | unknown mailbox |
  unknown local | unknown account | invalid recipient | invalid mailbox | invalid user |
  unrouteable address | unroutable address | user doesn | not a valid mailbox | not a known user |
  bad destination email address | not our customer | no mailbox here | no longer available |
  no longer valid | no longer in use | no longer accepts | no longer on server | no account by that name |
  account has been disabled | account that you tried to reach is disabled | account is disabled |
  mailbox disabled | mailbox is disabled | user disabled | account disabled | account is inactive |
  inactive user | mailbox is inactive | has been suspended | account suspended | user suspended |
  deactivated | account closed | has moved | user has moved | recipient no longer |
  unable to find recipient | no valid recipients | unknown user account | user_unknown | nosuchuser |
  no user with | no matches to nameserver | wasn't found | e-mail account does not exist |
  email address you entered | isn't in our | there is no such | this address no longer | unknown_user |
  unknown email | unbekannter empfänger | empfänger unbekannt | empfänger existiert nicht |
  adresse unbekannt | unbekannte adresse | benutzer unbekannt | unbekannter benutzer | nicht vorhanden |
  adresse ist ungültig | ist ungültig | kein postfach | postfach existiert nicht | deaktiviert |
  ist nicht bekannt | adressat unbekannt | nicht erreichbar unter dieser adresse |
  recipient address rejected: access denied | user does not exist | mailbox does not exist |
  account does not exist | address does not exist | recipient does not exist |
  email address could not be found | email address couldn't be found | address couldn't be found |
  address wasn't found | e-mail-adresse konnte nicht gefunden | adresse wurde nicht gefunden |
  postfach ist nicht | gibt es nicht | user not exist | konto existiert nicht | e-mail-konto ist nicht |
  no longer employed | mailbox moved | bad address syntax | not our user |
  account that you tried to reach does not exist | this user doesn | user doesn't have
`)

/** Trouble on the way: says nothing about the address. */
export const transitWords = wordList(`
  hop count | requests to connect | hopcount | too many hops | mail loop | loops back | routing loop | message expired | expired |
  timed out | timeout | time-out | connection refused | connection reset | network is unreachable |
  no route to host | lost connection | unable to contact | could not connect | konnte keine verbindung |
  at a rate | too quickly | system error | queue file | disk full | temporarily unavailable |
  try again later | later erneut
`)

const policyWords = wordList(`
  spam | blocked | blacklist | black list | blocklist | block list | listed at | dnsbl | spamhaus |
  spamcop | reputation | policy | policies | greylist | graylist | greylisting | grey-listed | dmarc |
  dkim | authentication | unauthenticated | not authorized | not authorised | not allowed | not permitted |
  prohibited | denied | relay access | relaying | unable to relay | unable to verify | virus | malware |
  content rejected | content reject | rejected due to | rejected by | message rejected | unsolicited |
  abuse | banned | restriction | rate limit | rate limited | encryption | refused by | authrequired |
  nicht zugelassen | abgelehnt | richtlinie | gesperrt | nicht berechtigt | verweigert |
  temporarily deferred | suspicious | phish | closed your connection | complaint | throttl |
  too many connections | too many messages | too many recipients | too many errors | too many concurrent |
  relay not | rejete | refus | mail rejected | filtered | service refused | protocol violation |
  access control | authentication required
`)

/** Said about an address that is gone, but about refused mails as well. */
const vagueUserWords = wordList(`
  address rejected | recipient address rejected | mailbox unavailable | mailbox not available | not exist |
  does not exist | not found | nicht gefunden | konnte nicht gefunden werden | could not be found |
  couldn't be found | existiert nicht | invalid address | is inactive | user does not |
  bad destination mailbox | undeliverable address
`)

/** Kinds of words in the order in which they are looked for: the first that is spoken names the reason. */
export const reasonWords: readonly (readonly [reason: BounceReason, words: readonly string[]])[] = [
  ['message-too-large', sizeWords],
  ['mailbox-full', quotaWords],
  ['policy', senderWords],
  ['host-unknown', hostWords],
  ['user-unknown', userWords],
  ['other', transitWords],
  ['policy', policyWords],
  ['user-unknown', vagueUserWords],
]

/** Words of a name server that leave no hope, whatever class the code has. */
export const hopelessHosts = wordList(`
  nxdomain | domain does not exist | domain name not found | null mx | nullmx | no such domain |
  name or service not known | domain existiert nicht
`)

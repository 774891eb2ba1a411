/** Recipient blocks of delivery reports, and what they mean for the address. */
export interface Block {
  readonly final?: string
  readonly original?: string
  readonly action?: string
  readonly status?: string
  readonly diagnostic?: string
}

export const failed = { final: 'rfc822; anna@example.net', action: 'failed' }

export const verdicts: readonly (readonly [block: Block, kind: string | null, reason: string | null])[] = [
  [{ ...failed, status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 User unknown' }, 'hard', 'user-unknown'],
  [{ ...failed, status: '5.1.1' }, 'hard', 'user-unknown'],
  [{ ...failed, status: '5.0.0', diagnostic: 'smtp; 550 No such user here' }, 'hard', 'user-unknown'],
  [{ ...failed, status: '5.1.2' }, 'hard', 'host-unknown'],
  [
    { ...failed, status: '5.4.4', diagnostic: 'X-Postfix; Host or domain name not found' },
    'hard',
    'host-unknown',
  ],
  [{ ...failed, status: '5.1.6' }, 'hard', 'user-unknown'],
  [
    {
      ...failed,
      status: '5.2.1',
      diagnostic: 'smtp; 550 5.2.1 The email account that you tried to reach is disabled',
    },
    'hard',
    'user-unknown',
  ],
  [{ ...failed, status: '5.2.2' }, 'soft', 'mailbox-full'],
  [{ ...failed, status: '4.2.2', diagnostic: 'smtp; 452 4.2.2 Over quota' }, 'soft', 'mailbox-full'],
  [{ ...failed, status: '5.0.0', diagnostic: 'smtp; 552 Mailbox full' }, 'soft', 'mailbox-full'],
  [{ ...failed, status: '5.2.3' }, 'soft', 'message-too-large'],
  [{ ...failed, status: '5.3.4' }, 'soft', 'message-too-large'],
  [{ ...failed, status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 Message rejected as spam' }, 'soft', 'policy'],
  [{ ...failed, status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 Unable to relay' }, 'soft', 'policy'],
  [{ ...failed, status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 User unknown' }, 'hard', 'user-unknown'],
  [
    { ...failed, status: '5.1.8', diagnostic: 'smtp; 553 5.1.8 Domain of sender address does not exist' },
    'soft',
    'policy',
  ],
  [
    {
      ...failed,
      status: '5.1.10',
      diagnostic:
        'smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    },
    'hard',
    'user-unknown',
  ],
  [
    { ...failed, status: '5.1.10', diagnostic: 'smtp; 556 5.1.10 Recipient address has null MX' },
    'hard',
    'host-unknown',
  ],
  [
    { ...failed, status: '5.4.1', diagnostic: 'smtp; 550 5.4.1 Recipient address rejected: Access denied' },
    'hard',
    'user-unknown',
  ],
  [
    {
      ...failed,
      status: '5.5.0',
      diagnostic: 'smtp; 550 5.5.0 Requested action not taken: mailbox unavailable',
    },
    'hard',
    'user-unknown',
  ],
  [{ ...failed, status: '5.4.6', diagnostic: 'smtp; 554 5.4.6 Too many hops' }, 'soft', 'other'],
  [{ ...failed, status: '4.4.7', diagnostic: 'smtp; delivery time expired' }, 'soft', 'other'],
  [
    { ...failed, status: '4.4.1', diagnostic: 'X-Postfix; connect to mx.example.net: Connection timed out' },
    'soft',
    'other',
  ],
  [
    {
      ...failed,
      status: '4.0.0',
      diagnostic:
        "smtp; DNS type 'mx' lookup of example.con responded with code NXDOMAIN Domain name not found",
    },
    'hard',
    'host-unknown',
  ],
  [
    {
      final: 'rfc822; anna@example.net',
      action: 'delayed',
      status: '4.4.1',
      diagnostic: 'smtp; Connection timed out',
    },
    'soft',
    'other',
  ],
  [
    {
      final: 'rfc822; anna@example.net',
      action: 'delayed',
      status: '4.7.1',
      diagnostic: 'smtp; 450 4.7.1 Greylisted, try again later',
    },
    'soft',
    'policy',
  ],
  [{ final: 'rfc822; anna@example.net', action: 'delivered', status: '2.0.0' }, null, null],
  [{ final: 'rfc822; anna@example.net', action: 'relayed', status: '2.0.0' }, null, null],
]

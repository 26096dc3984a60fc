import { type CompleteConfig, complete, type MailServerConfig } from './config'

/** The switches of a mail server that a learner can turn while the world runs. Sessions under way keep what they began with. */

export type PolicyValue = string | number | boolean

export interface Policy {
  readonly policy: PolicyName
  readonly title: string
  /** One or two plain sentences: what it changes, and what real servers do. */
  readonly about: string
  readonly value: PolicyValue
  /** What it may be set to. Of a number these are suggestions: any whole number from `least` on will do. */
  readonly values: readonly PolicyValue[]
  readonly least?: number
}

interface Rule {
  readonly title: string
  readonly about: string
  readonly values: readonly PolicyValue[]
  readonly least?: number
}

const SWITCH = [true, false]

const RULES = {
  relayForStrangers: {
    title: 'Relay for strangers',
    about:
      'Port 25 passes letters on to any domain for anybody. Such an open relay is found by senders of spam within hours.',
    values: SWITCH,
  },
  requireAuthentication: {
    title: 'Submission needs a login',
    about: 'On the submission ports MAIL is answered by 530 until the client has logged in (RFC 6409 section 4.3).',
    values: SWITCH,
  },
  completeHeaders: {
    title: 'Submission completes letters',
    about:
      'A letter that is submitted without Date or Message-ID gets them (RFC 6409 section 8). A relay never touches them.',
    values: SWITCH,
  },
  plaintextAuth: {
    title: 'Passwords in the clear',
    about:
      'PLAIN and LOGIN are taken before the connection is encrypted, too. Anybody on the way can read the password.',
    values: SWITCH,
  },
  loginDelay: {
    title: 'POP3: rest between logins',
    about:
      'Seconds that have to pass between two logins of one user; sooner, and the answer is -ERR [LOGIN-DELAY] (RFC 2449 section 6.5).',
    values: [0, 60, 900],
    least: 0,
  },
  apop: {
    title: 'POP3: APOP',
    about:
      'The greeting carries a timestamp, and a client may prove its password by a digest of both (RFC 1939 section 7).',
    values: SWITCH,
  },
  tls: {
    title: 'STARTTLS',
    about: 'Whether ports that begin in plaintext offer to go over to TLS, or demand it before anything else.',
    values: ['none', 'offered', 'required'],
  },
  outgoingTls: {
    title: 'TLS towards other servers',
    about:
      'Opportunistic: encrypted where the other server offers STARTTLS, else in the clear, as most servers do. Required: rather not at all.',
    values: ['never', 'opportunistic', 'required'],
  },
  outgoingPipelining: {
    title: 'Groups of commands to other servers',
    about:
      'MAIL, RCPT and DATA go out together, and the replies are counted off in order (RFC 2920), where the other server offers PIPELINING. Most real servers do so: it saves a round trip for each command.',
    values: SWITCH,
  },
  outgoingChunking: {
    title: 'Chunks to other servers',
    about:
      'The letter goes by BDAT with its length before it, and no dot ends it (RFC 3030), where the other server offers CHUNKING. Some real servers do so, Exim among them.',
    values: SWITCH,
  },
  bareLineFeed: {
    title: 'A line feed of its own',
    about:
      'A CR or LF that is not part of CRLF: refused with 550 after the letter, or taken as data, where it becomes the end of a line. It never ends the letter: servers that let it were open to SMTP smuggling.',
    values: ['refuse', 'tolerate'],
  },
  maxSize: {
    title: 'Largest letter',
    about: 'In octets, as SIZE announces it. Above it MAIL or the letter is answered by 552.',
    values: [1024, 65_536, 1_048_576, 10_485_760],
    // RFC 5321 section 4.5.3.1.7: 64K octets at least; a learner may want to see a letter refused.
    least: 1,
  },
  maxRecipients: {
    title: 'Recipients of one letter',
    about:
      'LIMITS announces it (RFC 9422); one more is put off with 452, and the sender goes on with the rest in a next transaction. 100 is the least that RFC 5321 asks for.',
    values: [1, 10, 100, 1000],
    least: 1,
  },
  maxHops: {
    title: 'Hops before a loop is suspected',
    about:
      'A letter with more Received fields than this goes in circles, and is refused with 554 5.4.6. RFC 5321 section 6.3 asks for 100 at least.',
    values: [1, 10, 50, 100],
    least: 1,
  },
  delayNoticeAfter: {
    title: 'Notice of a delay',
    about: 'Seconds after which a sender is told that the letter could not be delivered yet, and is being tried again.',
    values: [3600, 14_400, 86_400],
    least: 0,
  },
  giveUpTime: {
    title: 'Giving up',
    about:
      'Seconds after which a letter that cannot be delivered goes back: four to five days, says RFC 5321 section 4.5.4.1.',
    values: [3600, 86_400, 432_000],
    least: 0,
  },
} as const satisfies Partial<Record<keyof CompleteConfig, Rule>>

export type PolicyName = keyof typeof RULES

/** All policies of a server with their present values, for showing and switching them. */
export function policiesOf(state: { readonly config: MailServerConfig }): readonly Policy[] {
  const config = complete(state.config)
  return (Object.entries(RULES) as [PolicyName, Rule][]).map(([policy, rule]) => ({
    policy,
    ...rule,
    value: config[policy],
  }))
}

/** The configuration with one policy changed, or one sentence that says why it cannot be. */
export function changePolicy(config: MailServerConfig, policy: string, value: PolicyValue): MailServerConfig | string {
  const rule = Object.hasOwn(RULES, policy) ? (RULES as Record<string, Rule>)[policy] : undefined
  if (!rule) return `there is no policy "${policy}"; the policies are ${Object.keys(RULES).join(', ')}`
  const { values, least } = rule
  if (least !== undefined) {
    const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= least
    if (!fits) return `${policy} is a whole number, ${least} at least, not ${JSON.stringify(value)}`
  } else if (!values.includes(value)) {
    return `${policy} is ${values.map((one) => JSON.stringify(one)).join(' or ')}, not ${JSON.stringify(value)}`
  }
  return { ...config, [policy]: value }
}

/**
 * The reason why a host did not do something, as data: an identifier and its parameters. The view makes the sentence. `status`
 * is the enhanced status code for it (RFC 3463): `5.1.2`.
 */
export type Reason = TransferReason | RefusedChange

/** The reason why a message was not transferred. */
export type TransferReason =
  /** A server's reply in its own words, and the enhanced status code in it, if there is one. */
  | { readonly id: 'said'; readonly server: string; readonly reply: string; readonly status?: string }
  /**
   * The server does not offer an extension that this message needs, so it got no message. `encryption`: the message may not
   * travel in plaintext.
   */
  | {
      readonly id: 'lacks'
      readonly server: string
      readonly what: 'encryption' | 'trust' | 'utf8' | 'eightBit'
      readonly status: string
    }
  | { readonly id: 'tooManyRecipients'; readonly server: string; readonly status: '4.5.3' }
  | { readonly id: 'brokeOff'; readonly server: string; readonly status: '4.4.2' }
  | {
      readonly id: 'unreachable'
      readonly server: string
      readonly cause: 'refused' | 'timedOut' | 'reset'
      readonly status: '4.4.1'
    }
  | { readonly id: 'noUsableAnswer'; readonly server: string; readonly status: '4.4.0' }
  | { readonly id: 'noSuchDomain'; readonly name: string; readonly status: '5.1.2' }
  /** An address in brackets that is no IP address. */
  | { readonly id: 'unknownLiteral'; readonly name: string; readonly status: '5.1.2' }
  /** A null MX (RFC 7505). */
  | { readonly id: 'takesNoMail'; readonly name: string; readonly status: '5.1.10' }
  | { readonly id: 'noAddress'; readonly name: string; readonly status: '5.4.4' }
  | {
      readonly id: 'lookupFailed'
      readonly name: string
      readonly outcome: 'timeout' | 'servfail'
      readonly status: '4.4.3'
    }
  /** The next hop is this server itself: its address, or the domain's best exchanger by name. */
  | { readonly id: 'ownAddress' | 'ownExchanger'; readonly name: string; readonly status: '5.4.6' }
  | { readonly id: 'mailboxFull' | 'mailboxTooSmall'; readonly forwardPath: string; readonly status: '5.2.2' }
  /** `within`: milliseconds in the queue; `last`: the reason of the last failed try. */
  | { readonly id: 'gaveUp'; readonly within: number; readonly last: TransferReason; readonly status: '4.4.7' }

/** The reason why a policy or the people of a host stay unchanged. */
export type RefusedChange =
  | { readonly id: 'noSuchPolicy'; readonly policy: string; readonly policies: readonly string[] }
  | { readonly id: 'notWhole'; readonly policy: string; readonly least: number; readonly given: PolicyValue }
  | {
      readonly id: 'notAmong'
      readonly policy: string
      readonly values: readonly PolicyValue[]
      readonly given: PolicyValue
    }
  | { readonly id: 'notAnAddress' | 'notADomain' | 'notALocalPart'; readonly given: string }
  | { readonly id: 'notOurDomain'; readonly address: string; readonly domains: readonly string[] }
  | { readonly id: 'noPassword' | 'noSuchAccount' | 'noOwner'; readonly address: string }
  | { readonly id: 'notAQuota' }
  | { readonly id: 'notAPort' | 'notAHost'; readonly given: string }
  /** The account sends nothing, or collects nothing, by its settings. */
  | { readonly id: 'sendsNothing' | 'collectsNothing'; readonly address: string }
  /** A message was to be written on a host without power; `isOff`: anything else was to be done there. */
  | { readonly id: 'noPower' | 'isOff' }
  /** A host of this kind has no use for the intervention. */
  | { readonly id: 'notItsWork' }
  /** No client's session fits. */
  | { readonly id: 'noSuchSession' }
  /** Nothing can be typed there: no such connection was asked for, or it is over, or it has no address yet. */
  | { readonly id: 'noSuchTerminal' | 'lineNotOpen'; readonly terminal: string }
  /** No server that a person can stand in for listens there; `ports`: where one does. */
  | { readonly id: 'noChair'; readonly port: number; readonly ports: readonly number[] }
  /** A line that is no resource record. */
  | { readonly id: 'notARecord'; readonly given: string }
  /** No call waits for a reply of a person here. */
  | { readonly id: 'nobodyWaits' }
  | { readonly id: 'ownsPostmaster'; readonly address: string; readonly domain: string }
  | { readonly id: 'noSuchLocalDomain' | 'lastDomain'; readonly domain: string }

/** The possible values of a policy. */
export type PolicyValue = string | number | boolean

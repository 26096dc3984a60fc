import { fromText } from '../../base/octets'
import type { InterventionBody } from '../intervention'

/** One intervention of each kind, for tests that no kind may be forgotten. The names are those of the world of two towns. */
const host = 'bob-phone'
const account = 'bob@bird.example'
const terminal = 't1'

export const DEEDS: { readonly [Type in InterventionBody['type']]: Extract<InterventionBody, { type: Type }> } = {
  submitted: { type: 'submitted', host, account, forwardPaths: [account], message: fromText('Subject: one\r\n\r\n') },
  collected: { type: 'collected', host, account },
  marked: { type: 'marked', host, account, uid: 1, as: 'flagged' },
  filed: { type: 'filed', host, account, uid: 1, mailbox: 'Archive' },
  deleted: { type: 'deleted', host, account, uid: '1-1' },
  connected: { type: 'connected', host, terminal, to: 'store.bird.example', port: 993, implicitTls: true },
  typed: { type: 'typed', host, terminal, octets: fromText('NOOP\r\n') },
  hungUp: { type: 'hungUp', host, terminal },
  secured: { type: 'secured', host, terminal },
  dug: { type: 'dug', host, name: 'bird.example', rrType: 'MX', server: '198.51.100.1', recursion: false },
  datagramSent: { type: 'datagramSent', host, to: '198.51.100.1', port: 53, fromPort: 40_000, octets: fromText('?') },
  seatTaken: { type: 'seatTaken', host, port: 25 },
  seatLeft: { type: 'seatLeft', host, port: 25 },
  replied: { type: 'replied', host, octets: fromText('250 Ok\r\n'), session: 's1' },
  resolved: {
    type: 'resolved',
    host,
    rcode: 'NOERROR',
    records: ['bird.example. 3600 IN MX 10 mx.bird.example.'],
  },
  callEnded: { type: 'callEnded', host, session: 's1' },
  hostStopped: { type: 'hostStopped', host },
  hostStarted: { type: 'hostStarted', host },
  leaveTaken: { type: 'leaveTaken', host },
  policyChanged: { type: 'policyChanged', host, policy: 'rests', value: true },
  accountSet: { type: 'accountSet', host, address: account, password: 'seed', quota: { storage: 9000, messages: 3 } },
  accountChanged: {
    type: 'accountChanged',
    host,
    account,
    submission: 'none',
    retrieval: {
      protocol: 'POP3',
      host: 'store.bird.example',
      port: 995,
      tls: 'implicit',
      leaveOnServer: true,
      every: 60,
    },
  },
  accountRemoved: { type: 'accountRemoved', host, address: account },
  domainSet: {
    type: 'domainSet',
    host,
    domain: 'bird.example',
    recipients: ['bob'],
    postmaster: 'bob',
    deliverTo: 'store.bird.example',
  },
  domainRemoved: { type: 'domainRemoved', host, domain: 'bird.example' },
  zoneEdited: { type: 'zoneEdited', host, apex: 'bird.example.', text: '@ MX 10 mx' },
  linkChanged: { type: 'linkChanged', between: [host, 'store.bird.example'], up: false, loss: 0.5 },
  cacheFlushed: { type: 'cacheFlushed', host },
  dismissed: { type: 'dismissed', host, session: 's1', client: 'bob-laptop', port: 110 },
  waited: { type: 'waited' },
}

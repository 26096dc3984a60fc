/** SASL (RFC 4422): both ends of PLAIN, LOGIN, CRAM-MD5 and SCRAM-SHA-256 as pure functions over plain data. */
export { type ClientCredentials, type ClientExchange, clientRespond, clientTrusts, startClientExchange } from './client'
export type { SaslAnswer, SaslMechanism, SaslQuestion } from './contract'
export type { SaslAccount, SaslServer } from './judge'
export { ALL_MECHANISMS, clientSendsFirst, isPlaintext, mechanismNamed, strongestOf } from './mechanisms'
export { nonceOf } from './nonce'
export { continueServerExchange, type ServerExchange, type ServerStep, startServerExchange } from './server'

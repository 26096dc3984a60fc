import { type Purpose, purposeReader } from '../purpose'

/** The sessions that a mail program starts, and its lookups. */

export interface SubmissionPurpose extends Purpose {
  readonly kind: 'submission'
  readonly number: number
}

export interface RetrievalPurpose extends Purpose {
  readonly kind: 'retrieval'
  readonly account: string
}

export type ProgramPurpose = SubmissionPurpose | RetrievalPurpose

export const purposeOf = purposeReader<ProgramPurpose>({ submission: true, retrieval: true })

/** The connection to open once the address is known. */
export interface WantedConnection {
  readonly port: number
  readonly protocol: string
  readonly input: object
  readonly purpose: ProgramPurpose
  readonly implicitTls?: true
}

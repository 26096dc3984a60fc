import english from './en/reference'
import { topic } from './topic'

export const referenceText = topic('reference', english)

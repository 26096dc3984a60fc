import english from './en/fates'
import { topic } from './topic'

export const fatesText = topic('fates', english)

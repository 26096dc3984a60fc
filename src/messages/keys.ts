import english from './en/keys'
import { topic } from './topic'

export const keysText = topic('keys', english)

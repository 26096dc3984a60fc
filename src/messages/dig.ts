import english from './en/dig'
import { topic } from './topic'

export const digText = topic('dig', english)

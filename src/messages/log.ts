import english from './en/log'
import { topic } from './topic'

export const logText = topic('log', english)

import english from './en/shell'
import { topic } from './topic'

export const shellText = topic('shell', english)

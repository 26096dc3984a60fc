import english from './en/switches'
import { topic } from './topic'

export const switchesText = topic('switches', english)

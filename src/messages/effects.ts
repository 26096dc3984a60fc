import english from './en/effects'
import { topic } from './topic'

export const effectsText = topic('effects', english)

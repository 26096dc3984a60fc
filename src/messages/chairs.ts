import english from './en/chairs'
import { topic } from './topic'

export const chairsText = topic('chairs', english)

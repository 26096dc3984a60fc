import english from './en/card'
import { topic } from './topic'

export const cardText = topic('card', english)

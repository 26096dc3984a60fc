import english from './en/fields'
import { topic } from './topic'

export const fieldsText = topic('fields', english)

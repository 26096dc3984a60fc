import english from './en/review'
import { topic } from './topic'

export const reviewText = topic('review', english)

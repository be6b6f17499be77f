/**
 * Something is in the way of an erasure that another try, or the operator, can overcome. Its message completes “…,
 * but”.
 */
export class Obstacle extends Error {}

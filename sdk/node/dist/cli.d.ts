#!/usr/bin/env node
/** `mistral-worker`: serves actions of modules. */
export {};

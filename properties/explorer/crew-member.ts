// A thread of a Crew.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Posted } from './crew.js';
import { serveJobs } from './serve-jobs.js';

serveJobs(parentPort as MessagePort, workerData as Posted);

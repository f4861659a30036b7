import { ERRNO } from '../alphabet/errno.js';

/** Statuses of failed operations: negated error numbers. */
export const EPERM = -ERRNO.EPERM;
export const EIO = -ERRNO.EIO;
export const EAGAIN = -ERRNO.EAGAIN;
export const ENOMEM = -ERRNO.ENOMEM;
export const EACCES = -ERRNO.EACCES;
export const EFAULT = -ERRNO.EFAULT;
export const EBUSY = -ERRNO.EBUSY;
export const EEXIST = -ERRNO.EEXIST;
export const ENODEV = -ERRNO.ENODEV;
export const EINVAL = -ERRNO.EINVAL;
export const EOPNOTSUPP = -ERRNO.EOPNOTSUPP;

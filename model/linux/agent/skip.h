/* The rules of SKIP: whether an operation names something that is not there. */
#ifndef SKIP_H
#define SKIP_H

#include <stdint.h>

int names_missing(const int32_t *op);

#endif

/** VMA flags, by the kernel's names (include/linux/mm.h). The numbers are the model's own. */
export const VM_READ = 1 << 0;
export const VM_WRITE = 1 << 1;
export const VM_EXEC = 1 << 2;
export const VM_SHARED = 1 << 3;
export const VM_MAYREAD = 1 << 4;
export const VM_MAYWRITE = 1 << 5;
export const VM_MAYEXEC = 1 << 6;
export const VM_LOCKED = 1 << 7;
export const VM_LOCKONFAULT = 1 << 8;
export const VM_DONTCOPY = 1 << 9;
export const VM_DONTEXPAND = 1 << 10;
export const VM_DONTDUMP = 1 << 11;
export const VM_IO = 1 << 12;
export const VM_PFNMAP = 1 << 13;
export const VM_MIXEDMAP = 1 << 14;
export const VM_RAND_READ = 1 << 15;
export const VM_SEQ_READ = 1 << 16;
export const VM_HUGEPAGE = 1 << 17;
export const VM_NOHUGEPAGE = 1 << 18;
export const VM_MERGEABLE = 1 << 19;
export const VM_WIPEONFORK = 1 << 20;

export const VM_ACCESS_FLAGS = VM_READ | VM_WRITE | VM_EXEC;
export const VM_LOCKED_MASK = VM_LOCKED | VM_LOCKONFAULT;
/** Mappings that are never locked, merged or expanded. */
export const VM_SPECIAL = VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP;

/** Bits of a page table entry. `ACCESS` is off for PROT_NONE; `SPECIAL`: no struct page behind it (pte_special). */
export const PTE_ACCESS = 1 << 0;
export const PTE_WRITE = 1 << 1;
export const PTE_EXEC = 1 << 2;
export const PTE_DIRTY = 1 << 3;
export const PTE_SPECIAL = 1 << 4;
/** The bits that a `vm_page_prot` decides. */
export const PTE_PROT_MASK = PTE_ACCESS | PTE_WRITE | PTE_EXEC;

/** What a fault handler answers (vm_fault_t); 0: done, or try again. */
export const VM_FAULT_SIGBUS = 1;
export const VM_FAULT_NOPAGE = 2;
export const VM_FAULT_LOCKED = 4;

/** How memory is accessed. */
export const ACCESS_READ = 0;
export const ACCESS_WRITE = 1;
export const ACCESS_EXEC = 2;
/** Read by GUP: a present entry is enough, whatever its protection (the VMA has been checked). */
export const ACCESS_GUP = 3;

/** Fault flags that hooks see. */
export const FAULT_FLAG_WRITE = 1;

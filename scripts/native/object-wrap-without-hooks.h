// Included before every C++ file of the SQLite driver (docs/decisions/0008). Since 24.19 Node's own
// node_object_wrap.h adds an environment cleanup hook for each wrapped object and removes it when the
// object is collected, which aborts the process where the collector runs outside a context.
#include <node.h>
#define AddEnvironmentCleanupHook(...) static_cast<void>(0)
#define RemoveEnvironmentCleanupHook(...) static_cast<void>(0)
#include <node_object_wrap.h>
#undef AddEnvironmentCleanupHook
#undef RemoveEnvironmentCleanupHook

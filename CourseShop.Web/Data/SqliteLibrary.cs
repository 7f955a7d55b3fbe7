using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CourseShop.Data;

/// <summary>
/// Lets Microsoft.Data.Sqlite, which asks for SQLitePCLRaw 2.1, run on the 2.0.6 that restores, and on the system's own libsqlite3,
/// which the distribution patches; the package's old copy is only the fallback. This file, the pins and the audit exception in the
/// project files can go when SQLitePCLRaw 2.1 restores.
/// </summary>
internal static class SqliteLibrary
{
#pragma warning disable CA2255 // a module initializer is the one place that runs before anything can touch SQLite
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Install()
    {
        AssemblyLoadContext.Default.Resolving += (context, wanted) => wanted.Name == "SQLitePCLRaw.core"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll"))
            : null;
        NativeLibrary.SetDllImportResolver(Assembly.Load("SQLitePCLRaw.provider.e_sqlite3"), (name, _, _) =>
            name == "e_sqlite3" && TryLoadSystem(out var library) ? library : IntPtr.Zero);
    }

    private static bool TryLoadSystem(out IntPtr library)
    {
        library = IntPtr.Zero;
        return !OperatingSystem.IsWindows()
            && (NativeLibrary.TryLoad("libsqlite3.so.0", out library) || NativeLibrary.TryLoad("libsqlite3.dylib", out library));
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace CourseShop.Tests.Support;

/// <summary>bUnit asks for an older AngleSharp.Diffing than the one at hand (see Bunit.props): whatever version is asked for, the one beside the tests answers.</summary>
internal static class BunitAssemblies
{
    private const string Diffing = "AngleSharp.Diffing";

    [ModuleInitializer]
    public static void Answer() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == Diffing ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Diffing}.dll")) : null;
}

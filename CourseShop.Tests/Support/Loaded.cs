using System.Reflection;

namespace CourseShop.Tests.Support;

/// <summary>What the database does to a noun that it loads: it sets what has a private setter.</summary>
public static class Loaded
{
    public static T With<T>(this T noun, string property, object? value)
        where T : class
    {
        var found = typeof(T).GetProperty(property, BindingFlags.Instance | BindingFlags.Public) ?? throw new ArgumentException($"{typeof(T).Name} has no {property}.", nameof(property));
        found.SetValue(noun, value);
        return noun;
    }
}

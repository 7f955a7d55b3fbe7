namespace CourseShop.Common;

/// <summary>Why something a person asked for was not done: a sentence (Chinese, the key of its translation) and its arguments.</summary>
/// <param name="Key">The Chinese sentence with placeholders {0}, {1} …; also the localizer's key.</param>
/// <param name="Arguments">What fills the placeholders.</param>
public sealed record Refusal(string Key, params object[] Arguments);

/// <summary>Either a value or a refusal; what an operator or a bug causes is thrown instead.</summary>
/// <typeparam name="T">What the verb yields when it is done.</typeparam>
public sealed record Outcome<T>
{
    private Outcome(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>What came of it; meaningful only where <see cref="Refusal"/> is null.</summary>
    public T? Value { get; }

    /// <summary>Why it was refused, or null when it was done.</summary>
    public Refusal? Refusal { get; }

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The value of an <see cref="Outcome{T}"/> that has nothing to tell but that it is done.</summary>
public readonly record struct Done;

namespace CourseShop.Publishing;

/// <summary>The section <c>Tips</c> of the settings.</summary>
public sealed class TipOptions
{
    /// <summary>What the platform keeps of a tip: 0 to 1.</summary>
    public decimal PlatformShare { get; set; }

    /// <summary>The same in basis points.</summary>
    public int ShareBasisPoints => (int)(PlatformShare * 10_000);
}

namespace CourseShop.AlipaySimulator;

/// <summary>The section <c>Simulator</c> of the settings.</summary>
public sealed class SimulatorOptions
{
    /// <summary>How many times faster than Alipay notifications are sent again; more than 0.</summary>
    public double Speed { get; set; } = 1;
}

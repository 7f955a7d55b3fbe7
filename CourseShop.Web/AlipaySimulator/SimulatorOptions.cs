namespace CourseShop.AlipaySimulator;

/// <summary>The section <c>Simulator</c> of the settings.</summary>
public sealed class SimulatorOptions
{
    /// <summary>How many times faster than Alipay notifications are sent again; more than 0.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>It speaks certificate mode (公钥证书) instead of public key mode, and the shop with it.</summary>
    public bool Certificates { get; set; }
}

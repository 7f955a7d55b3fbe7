namespace CourseShop.Payments;

/// <summary>Where the gateway sends people and reports.</summary>
/// <param name="PublicUrl">The shop's address, without a trailing slash.</param>
/// <param name="IsPhone">The buyer holds a phone.</param>
public sealed record PaymentVisit(string PublicUrl, bool IsPhone);

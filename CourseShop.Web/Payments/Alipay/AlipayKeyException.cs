namespace CourseShop.Payments.Alipay;

/// <summary>Why a key can't be used: one sentence for the operator that never holds key material.</summary>
public sealed class AlipayKeyException(string sentence) : Exception(sentence);

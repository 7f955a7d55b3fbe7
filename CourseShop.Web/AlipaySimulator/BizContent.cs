using System.Text.Json;

namespace CourseShop.AlipaySimulator;

/// <summary>Reading biz_content.</summary>
public static class BizContent
{
    /// <summary>A field as text: numbers as they were written (SDKs send both), empty when it is missing or null.</summary>
    public static string Text(this JsonElement business, string name)
        => !business.TryGetProperty(name, out var field) ? "" : field.ValueKind switch
        {
            JsonValueKind.String => field.GetString()!,
            JsonValueKind.Null => "",
            _ => field.GetRawText(),
        };
}

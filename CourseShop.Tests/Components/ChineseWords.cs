using System.Globalization;
using CourseShop.Common;
using Microsoft.Extensions.Localization;

namespace CourseShop.Tests.Components;

/// <summary>The shop as it speaks first: every key is its own text.</summary>
internal sealed class ChineseWords : IStringLocalizer<Words>
{
    public LocalizedString this[string name] => new(name, name);

    public LocalizedString this[string name, params object[] arguments] => new(name, string.Format(CultureInfo.InvariantCulture, name, arguments));

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
}

using AngleSharp.Dom;
using Bunit;
using CourseShop.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CourseShop.Tests.Components;

/// <summary>Components are functions of their parameters; only the words are injected.</summary>
public abstract class ComponentTests : BunitContext
{
    protected ComponentTests() => Services.AddSingleton<IStringLocalizer<Words>>(new ChineseWords());

    /// <summary>What a person reads: the texts of the parts, one after another.</summary>
    protected static string Text(IElement element) => string.Join(' ', element.Descendants<IText>().Select(part => part.Data.Trim()).Where(part => part.Length > 0));
}

"""Data, losses, distillation and evaluation. Uses models; never imports Qt or crowdgui."""
